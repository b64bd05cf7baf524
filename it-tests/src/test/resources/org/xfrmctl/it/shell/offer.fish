# fish offer.fish SCRIPT LINE...: what the Tab key would offer behind each line, a candidate each, then "end". A
# line that begins with "!" is a command for the shell.
source $argv[1]
for line in $argv[2..-1]
    if string match -q '!*' -- $line
        eval (string sub -s 2 -- $line)
        continue
    end
    complete -C $line
    echo end
end
