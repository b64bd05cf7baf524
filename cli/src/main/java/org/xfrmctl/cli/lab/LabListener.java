package org.xfrmctl.cli.lab;

/** Is told of each step as it ends, so that a person sees progress. */
@FunctionalInterface
public interface LabListener {
    void finished(StepResult result);

    /** A step begins; whether it fails is told by what comes next. */
    default void started(Step step) {}
}
