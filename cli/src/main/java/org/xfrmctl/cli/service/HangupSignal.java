package org.xfrmctl.cli.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGHUP, by which daemons are told to read their configuration again. Java handles signals in {@code sun.misc} only, of the
 * module jdk.unsupported, which javac warns about wherever it is named; so it is named at run time.
 */
public final class HangupSignal {
    private HangupSignal() {}

    /**
     * From now on a SIGHUP runs {@code action} and does not end the process. While it runs, any number of others is one more.
     *
     * @return false if this Java does not let it be handled, because of {@code -Xrs}, or because the signal was ignored when
     *     it began, as {@code nohup} has it
     */
    public static boolean handle(Runnable action) {
        AtomicBoolean wanted = new AtomicBoolean();
        // The virtual machine starts a thread for each signal, so nothing else waits for the action.
        Runnable once = () -> {
            wanted.set(true);
            synchronized (wanted) {
                if (wanted.getAndSet(false)) {
                    action.run();
                }
            }
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    once.run();
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of SIGHUP";
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invocation);
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
            // Java leaves an ignored signal ignored and says no more than this.
            return before != handler.getField("SIG_IGN").get(null);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
