package org.concurrencybench.runner;

/**
 * One thing about the machine that numbers depend on.
 *
 * @param name what was looked at
 * @param found what it is
 * @param effect what it does to the numbers
 * @param advice what to do; empty where there is nothing to do
 * @param spoils whether it makes numbers worse than they could be
 */
public record Finding(String name, String found, String effect, String advice, boolean spoils) {}
