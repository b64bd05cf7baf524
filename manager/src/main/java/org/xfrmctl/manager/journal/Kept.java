package org.xfrmctl.manager.journal;

/** What a directory of ours is for, as far as its errors are about that. */
enum Kept {
    JOURNAL(
            "could be made to remove what others have in the kernel",
            "name another directory with --state-dir",
            "is changing these tables",
            "; what it has begun is then finished by \"up\" or undone by \"down\""),
    /** Another directory is no advice here: it would begin with keys that were used. */
    EPOCHS(
            "could be made to use keys twice",
            "see that --epoch-dir names the right one, or \"chown\" it back",
            "notes the epochs of derived keys",
            "");

    private final String danger;
    private final String otherwise;
    private final String work;
    private final String afterwards;

    Kept(String danger, String otherwise, String work, String afterwards) {
        this.danger = danger;
        this.otherwise = otherwise;
        this.work = work;
        this.afterwards = afterwards;
    }

    /** What could happen to the user of a directory that is somebody else's, too. */
    String danger() {
        return danger;
    }

    String otherwise() {
        return otherwise;
    }

    /** What whoever has the lock does. */
    String work() {
        return work;
    }

    /** What is to be done when that one was ended. */
    String afterwards() {
        return afterwards;
    }
}
