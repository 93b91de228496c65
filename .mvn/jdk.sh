# Sourced by ./demo and ./verify: sets JAVA_HOME to a JDK that fits and checks for Maven.

least_jdk=25

# The feature version of the JDK in a folder, or nothing if there is none.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" | head -n 1
}

jdk_fits() {
    local version
    version=$(jdk_version "$1")
    [ -n "$version" ] && [ "$version" -ge "$least_jdk" ]
}

# JAVA_HOME first, then the java of PATH, then the newest of the usual folders.
find_jdk() {
    local on_path folder version best='' newest=0
    if [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME"; then
        echo "$JAVA_HOME"
        return
    fi
    on_path=$(command -v javac || command -v java || true)
    if [ -n "$on_path" ]; then
        folder=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
        if jdk_fits "$folder"; then
            echo "$folder"
            return
        fi
    fi
    for folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/*jdk* /opt/java/* \
        /opt/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        version=$(jdk_version "$folder")
        if [ -n "$version" ] && [ "$version" -ge "$least_jdk" ] && [ "$version" -gt "$newest" ]; then
            best=$folder
            newest=$version
        fi
    done
    echo "$best"
}

JAVA_HOME=$(find_jdk)
if [ -z "$JAVA_HOME" ]; then
    echo "Ping Recorder needs a JDK of $least_jdk or newer, and there is none in JAVA_HOME, on PATH or in" >&2
    echo "the usual folders. Install one (for example Temurin, https://adoptium.net), or set JAVA_HOME." >&2
    exit 1
fi
export JAVA_HOME
if ! command -v mvn >/dev/null; then
    echo "Ping Recorder is built with Maven 3.8 or newer, and there is no mvn on PATH. Install it" >&2
    echo "(Debian: apt install maven; macOS: brew install maven)." >&2
    exit 1
fi
