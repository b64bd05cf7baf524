# bash offer.bash SCRIPT LINE...: what the Tab key would offer behind each line, a candidate each, then "end". A
# line that begins with "!" is a command for the shell.
source "$1"
shift
for line in "$@"; do
    [[ $line == '!'* ]] && eval "${line#!}" && continue
    # As readline parts it, with "=" in COMP_WORDBREAKS.
    line=${line//'\ '/$'\a'}
    read -ra COMP_WORDS <<<"${line//=/ = }"
    COMP_WORDS=("${COMP_WORDS[@]//$'\a'/'\ '}")
    [[ $line == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _xfrmctl
    printf '%s\n' "${COMPREPLY[@]}" end
done
