package org.concurrencybench.execution.childjvm;

import java.util.ArrayList;
import java.util.List;

/** This program once more, in a JVM of its own: the words of the command that starts it. */
public final class OwnProgram {

    private OwnProgram() {}

    /**
     * This JVM's own {@code java} and class path, with the access that child JVMs have.
     *
     * @param mainClass the class that is started
     * @param arguments of its {@code main}
     */
    public static List<String> words(String mainClass, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(ChildCommand.java(), "-Djava.awt.headless=true"));
        words.addAll(ChildCommand.ACCESS);
        words.addAll(ChildCommand.classPath());
        words.add(mainClass);
        words.addAll(arguments);
        return List.copyOf(words);
    }
}
