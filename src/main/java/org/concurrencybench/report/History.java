package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.HistoryEntry;
import org.concurrencybench.statistics.ChangePoints;

/**
 * A history in lines: one for each case on each machine, with the places where it changed for good.
 *
 * @param cases each with its lines, by name
 */
public record History(List<Case> cases) {

    /** Change points are looked for among so many of the latest commits: the work grows with their square. */
    private static final int MOST_COMMITS = 300;

    /**
     * A case.
     *
     * @param benchmark JMH's name
     * @param label parameters and unit
     * @param lines that were measured on one machine each
     */
    record Case(String benchmark, String label, List<Line> lines) {}

    /**
     * What one machine measured.
     *
     * @param entries in the order of their dates
     * @param changes where a new level begins
     */
    record Line(HistoryEntry.Line of, List<HistoryEntry> entries, List<Change> changes) {

        /** Machine and JDK. */
        String label() {
            return of.machine() + ", " + of.jdk();
        }

        /** The levels between changes, each as its first place, the place after its last, and its height. */
        List<Level> levels() {
            List<Level> levels = new ArrayList<>();
            int from = 0;
            for (int i = 0; i <= changes.size(); i++) {
                int to = i == changes.size() ? entries.size() : changes.get(i).at();
                levels.add(new Level(from, to, mean(entries, from, to)));
                from = to;
            }
            return levels;
        }
    }

    /** Scores that are the same but for noise; their height is the geometric mean. */
    record Level(int from, int to, double height) {}

    /**
     * A place where a line changed.
     *
     * @param at place of the first entry of the new level
     * @param worsening of the level, above 0 for worse
     */
    record Change(int at, double worsening) {}

    public History {
        cases = List.copyOf(cases);
    }

    /** The lines of these entries; of two of one commit on one line the later counts. */
    public static History of(List<HistoryEntry> entries) {
        Map<HistoryEntry.Line, Map<String, HistoryEntry>> lines = new LinkedHashMap<>();
        entries.forEach(entry ->
                lines.computeIfAbsent(entry.line(), _ -> new LinkedHashMap<>()).put(entry.commit(), entry));
        Map<String, List<Line>> byCase = new TreeMap<>();
        lines.forEach((of, commits) -> byCase.computeIfAbsent(
                        of.benchmark() + "\n" + of.params().toCell() + " (" + of.unit() + ")", _ -> new ArrayList<>())
                .add(line(of, List.copyOf(commits.values()))));
        List<Case> cases = new ArrayList<>();
        byCase.forEach((name, all) -> {
            String[] parts = name.split("\n", 2);
            cases.add(new Case(parts[0], parts[1].strip(), List.copyOf(all)));
        });
        return new History(cases);
    }

    private static Line line(HistoryEntry.Line of, List<HistoryEntry> unordered) {
        List<HistoryEntry> entries = unordered.stream()
                .sorted(Comparator.comparing(HistoryEntry::date))
                .toList();
        int skipped = Math.max(0, entries.size() - MOST_COMMITS);
        List<Integer> found = ChangePoints.of(entries.stream()
                .skip(skipped)
                .map(entry -> entry.score().value())
                .toList());
        List<Change> changes = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < found.size(); i++) {
            int at = skipped + found.get(i);
            int to = i + 1 < found.size() ? skipped + found.get(i + 1) : entries.size();
            double change = mean(entries, at, to) / mean(entries, from, at) - 1;
            changes.add(new Change(at, of.direction() == Direction.LOWER ? change : -change));
            from = at;
        }
        return new Line(of, entries, List.copyOf(changes));
    }

    private static double mean(List<HistoryEntry> entries, int from, int to) {
        double sum = 0;
        for (HistoryEntry entry : entries.subList(from, to)) {
            sum += StrictMath.log(entry.score().value());
        }
        return StrictMath.exp(sum / (to - from));
    }
}
