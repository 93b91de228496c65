package org.pingrecorder.agent;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command line that cannot be read in one sentence and with where to read on. */
final class BadUse implements CommandLine.IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (arguments.length == 0) {
            command.usage(err);
        } else {
            String name = command.getCommandSpec().qualifiedName();
            err.println(sentence(e) + "; see " + name + " --help");
        }
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException u -> unmatched(u);
            case OverwrittenOptionException o -> option(o.getOverwritten()) + ": is given twice";
            case MissingParameterException m
                    when m.getMissing().getFirst() instanceof OptionSpec o ->
                    option(o) + ": its value is missing";
            case ParameterException _ when e.getArgSpec() instanceof OptionSpec o && flag(o) ->
                    option(o) + ": takes no value";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static boolean flag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    private static String option(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : "";
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().getFirst();
        List<String> suggestions = e.getSuggestions();
        String like = suggestions.isEmpty() ? "" : ": did you mean " + suggestions.getFirst() + "?";
        if (e.isUnknownOption()) {
            return "there is no option " + first + like;
        }
        boolean top = e.getCommandLine().getParent() == null;
        return top
                ? "there is no command '" + first + "'" + like
                : "'" + first + "' is one argument too many";
    }
}
