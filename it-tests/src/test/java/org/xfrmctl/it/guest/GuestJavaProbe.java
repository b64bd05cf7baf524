package org.xfrmctl.it.guest;

import java.util.List;

/** Prints its arguments as it got them in the guest. */
final class GuestJavaProbe {
    private GuestJavaProbe() {}

    public static void main(String[] arguments) {
        System.out.println(List.of(arguments));
    }
}
