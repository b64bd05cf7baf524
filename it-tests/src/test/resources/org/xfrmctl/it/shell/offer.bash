# bash offer.bash SCRIPT LINE...: what the Tab key would offer behind each line, a candidate each, then "end".
source "$1"
shift
for line in "$@"; do
    # As readline parts it, with "=" in COMP_WORDBREAKS.
    read -ra COMP_WORDS <<<"${line//=/ = }"
    [[ $line == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _xfrmctl
    printf '%s\n' "${COMPREPLY[@]}" end
done
