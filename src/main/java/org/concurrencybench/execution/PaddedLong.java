package org.concurrencybench.execution;

/**
 * A plain field with a cache line and its neighbour to itself. Two threads that take turns at a number pay for whatever else
 * stands on its line, and where the heap puts what is luck: up to 15 % of a contended addition from one JVM to the next.
 *
 * <p>The padding stands in classes above and below, because a JVM may order the fields of one class as it likes but keeps
 * a superclass's fields before a subclass's.
 */
final class PaddedLong {

    private PaddedLong() {}

    static class Before {
        long before01;
        long before02;
        long before03;
        long before04;
        long before05;
        long before06;
        long before07;
        long before08;
        long before09;
        long before10;
        long before11;
        long before12;
        long before13;
        long before14;
        long before15;
        long before16;
    }

    static class Value extends Before {

        /** For whoever holds the lock that guards it. */
        long value;
    }

    /** To be extended. */
    static class Alone extends Value {
        long after01;
        long after02;
        long after03;
        long after04;
        long after05;
        long after06;
        long after07;
        long after08;
        long after09;
        long after10;
        long after11;
        long after12;
        long after13;
        long after14;
        long after15;
        long after16;
    }
}
