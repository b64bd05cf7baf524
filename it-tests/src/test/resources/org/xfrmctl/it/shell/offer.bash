# bash offer.bash SCRIPT LINE...: what the Tab key would offer behind each line, a candidate each, then "end". A
# line that begins with "!" is a command for the shell.
source "$1"
shift

# Completes the words, which a line consists of for readline.
complete_words() {
    COMP_WORDS=("$@")
    COMP_WORDS=("${COMP_WORDS[@]//$'\a'/'\ '}")
    [[ $line == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _xfrmctl
}

for line in "$@"; do
    [[ $line == '!'* ]] && eval "${line#!}" && continue
    line=${line//'\ '/$'\a'}
    # As readline parts it with "=" in COMP_WORDBREAKS, and without: the same is to come of it.
    read -ra words <<<"${line//=/ = }"
    complete_words "${words[@]}"
    parted=("${COMPREPLY[@]}")
    read -ra words <<<"$line"
    complete_words "${words[@]}"
    [[ ${COMPREPLY[*]#--*=} == "${parted[*]}" ]] || echo "but as one word: ${COMPREPLY[*]}"
    printf '%s\n' "${parted[@]}" end
done
