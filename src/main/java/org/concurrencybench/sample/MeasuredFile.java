package org.concurrencybench.sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a file of measurements says, from whichever tool it came.
 *
 * @param file as the user named it
 * @param cases in the order of the file, each of them once, at least one
 * @param secondary what JMH measured beside their scores
 * @param machine what they were taken on, where that is known
 * @param jvm the virtual machine that ran them, name and version, where that is known
 * @param warnings one line each
 * @param failed cases that could not be measured to their end, where that is known
 */
public record MeasuredFile(
        Path file,
        List<MeasuredCase> cases,
        List<SecondaryResult> secondary,
        Optional<String> machine,
        Optional<String> jvm,
        List<String> warnings,
        List<FailedCase> failed) {

    /** A file that does not tell of what failed. */
    public MeasuredFile(
            Path file,
            List<MeasuredCase> cases,
            List<SecondaryResult> secondary,
            Optional<String> machine,
            Optional<String> jvm,
            List<String> warnings) {
        this(file, cases, secondary, machine, jvm, warnings, List.of());
    }

    public MeasuredFile {
        cases = List.copyOf(cases);
        secondary = List.copyOf(secondary);
        warnings = List.copyOf(warnings);
        failed = List.copyOf(failed);
    }
}
