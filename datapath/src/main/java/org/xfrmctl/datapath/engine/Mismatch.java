package org.xfrmctl.datapath.engine;

/** Why a state is not the one that a template gets, or not one that meets it; what is compared first is named first. */
public enum Mismatch {
    IMPLIED("only templates of level use are met by it, and by its source alone"),
    DESTINATION("it leads elsewhere"),
    SOURCE("it comes from elsewhere"),
    REQID("it has another reqid"),
    MARK("its mark is another"),
    IF_ID("its if_id is another"),
    WILDRECV("it is for receiving alone (flag wildrecv)"),
    PROTOCOL("it has another protocol"),
    MODE("it has another mode"),
    SPI("it has another SPI"),
    ALGORITHM("the template does not accept its algorithm"),
    LARVAL("it is larval: somebody negotiates"),
    SELECTOR("its selector does not cover the packet"),
    PREFERENCE("another one is preferred: younger, or not about to expire");

    private final String text;

    Mismatch(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
