package org.pingrecorder.agent.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used, in words: Java's own messages are often only the file's name. */
public final class FileFault {

    private FileFault() {}

    /** The reason, such as {@code there is no such file}. */
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "access is denied";
            case FileAlreadyExistsException _ -> "there is something else of that name";
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case FileSystemException f when f.getReason() != null -> said(f.getReason());
            default -> said(String.valueOf(e.getMessage()));
        };
    }

    private static String said(String reason) {
        return reason.equals("Is a directory") ? "it is a directory" : reason;
    }
}
