# zsh -f offer.zsh SCRIPT LINE...: what the Tab key would offer behind each line, a candidate each, then "end". A
# line that begins with "!" is a command for the shell.
# Only an interactive shell completes. It is given nothing to type: it would be read before the shell listens.
zmodload zsh/zpty
inside=${0:A:h}/inside.zsh
script=$1
shift
zpty shell zsh -f -i
zpty -w shell "PS1=; autoload -U compinit; compinit -u -D; source ${(q)script}; lines=(${(@qq)@}); source ${(q)inside}"
zpty -r shell out $'*\x02*\x03*'
print -r -- ${${out##*$'\x02'}%%$'\x03'*} | tr -d '\r' | grep .
zpty -d shell
