package org.concurrencybench.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.concurrencybench.workload.SharedNumbers;

/** Numbers on a heap. Accesses are opaque, as those to mapped ones: whole, made once each, and in no order but a lock's. */
final class HeapNumbers implements SharedNumbers {

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(double[].class);

    private final double[] numbers;

    HeapNumbers(int length) {
        numbers = new double[length];
    }

    @Override
    public int length() {
        return numbers.length;
    }

    @Override
    public double get(int index) {
        return (double) ELEMENT.getOpaque(numbers, index);
    }

    @Override
    public void set(int index, double value) {
        ELEMENT.setOpaque(numbers, index, value);
    }
}
