package org.concurrencybench.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.concurrencybench.benchmark.OwnCodeBenchmark;
import org.concurrencybench.workload.WorkloadDefinition;
import org.jspecify.annotations.Nullable;

/** Calls of a user's code within this JVM, before any measurement: whatever it throws is a line of ours. */
final class Theirs {

    /** A service file that cannot be read fails each time it is asked. */
    private static final int MOST_LISTED = 1000;

    private Theirs() {}

    /** Something that calls a user's code. */
    @FunctionalInterface
    interface Question<T extends @Nullable Object> {

        T ask() throws UsageException;
    }

    /**
     * What it answers. A fault of ours on the way there stays one: nothing of theirs is in its stack trace.
     *
     * @throws UsageException if the user's code throws, or cannot be linked
     */
    static <T extends @Nullable Object> T ask(Question<T> question) throws UsageException {
        try {
            return question.ask();
        } catch (RuntimeException e) {
            throw new UsageException("%s threw %s".formatted(thrower(e).orElseThrow(() -> e), told(e)));
        } catch (LinkageError | StackOverflowError e) {
            throw new UsageException("%s threw %s".formatted(thrower(e).orElse("your code"), told(e)));
        }
    }

    /**
     * The same of one method of a workload.
     *
     * @throws UsageException also if the answer is null
     */
    static <T> T answer(WorkloadDefinition definition, String method, Question<T> question) throws UsageException {
        String called = definition.getClass().getName() + "." + method;
        T answer;
        try {
            answer = question.ask();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new UsageException("%s threw %s".formatted(called, told(e)));
        }
        if (answer == null) {
            throw new UsageException("%s returned null".formatted(called));
        }
        return answer;
    }

    /** A workload by its class, or else by its own name, where a service file lists it. */
    static WorkloadDefinition definition(String named, ClassLoader loader) throws UsageException {
        if (loader.getResource(named.replace('.', '/') + ".class") == null) {
            return listed(named, loader);
        }
        try {
            return OwnCodeBenchmark.load(named, loader);
        } catch (IllegalArgumentException e) {
            throw new UsageException(oneLine(String.valueOf(e.getMessage())));
        }
    }

    /** One that cannot be made keeps nobody from the others. */
    private static WorkloadDefinition listed(String name, ClassLoader loader) throws UsageException {
        List<String> broken = new ArrayList<>();
        Iterator<ServiceLoader.Provider<WorkloadDefinition>> providers =
                ServiceLoader.load(WorkloadDefinition.class, loader).stream().iterator();
        boolean more = true;
        for (int looked = 0; more && looked < MOST_LISTED; looked++) {
            try {
                more = providers.hasNext();
                if (more) {
                    WorkloadDefinition one = providers.next().get();
                    if (one.name().equals(name)) {
                        return one;
                    }
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError | StackOverflowError e) {
                broken.add(told(e));
            }
        }
        throw new UsageException("no class '%s' on the class path, and no service file lists a workload of that name%s"
                .formatted(name, broken.isEmpty() ? "" : "; one that is listed is broken: " + broken.getFirst()));
    }

    /** The method of theirs that was called first. */
    private static Optional<String> thrower(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> OwnClasses.LOADER.equals(frame.getClassLoaderName()))
                .reduce((_, last) -> last)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName());
    }

    private static String told(Throwable thrown) {
        boolean isWrapper = thrown instanceof ExceptionInInitializerError;
        Throwable cause = thrown.getCause();
        if (cause == null) {
            return oneLine(thrown.toString());
        }
        return oneLine(isWrapper ? cause.toString() : thrown + " (" + cause + ")");
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}
