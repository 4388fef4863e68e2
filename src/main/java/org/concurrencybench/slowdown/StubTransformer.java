package org.concurrencybench.slowdown;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Burn} around each call of a benchmark in the loops that JMH generates for it ({@code *_jmhTest} classes, their
 * {@code *_jmhStub} methods; the same names since JMH 1.0), when such a class is loaded (class-file API, JEP 484).
 */
final class StubTransformer implements ClassFileTransformer {

    private static final Pattern STUB = Pattern.compile("(.+)_(thrpt|avgt|sample|ss)_jmhStub");
    private static final ClassDesc BURN = ClassDesc.of(Burn.class.getName());
    private static final ClassDesc BENCHMARK_PARAMS = ClassDesc.of("org.openjdk.jmh.infra.BenchmarkParams");
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);

    private final AtomicInteger wrapped = new AtomicInteger();
    private final AtomicReference<String> failure = new AtomicReference<>("");

    /** How many calls of benchmarks were found in the code that was loaded. */
    int wrapped() {
        return wrapped.get();
    }

    /** Why a class could not be changed; empty where each could. */
    String failure() {
        return failure.get();
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null || className == null || !className.endsWith("_jmhTest")) {
            return null;
        }
        try {
            return changed(bytes, loader);
        } catch (RuntimeException | LinkageError e) {
            // The JVM would swallow it and load the class as it was.
            failure.set(className + ": " + e);
            return null;
        }
    }

    /** The class with burns in it. */
    byte[] changed(byte[] bytes, ClassLoader loader) {
        ClassFile classFile = ClassFile.of(ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = classFile.parse(bytes);
        return classFile.transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method) {
                Matcher stub = STUB.matcher(method.methodName().stringValue());
                int params = method.methodTypeSymbol().parameterList().indexOf(BENCHMARK_PARAMS);
                if (stub.matches() && params >= 0) {
                    builder.transformMethod(
                            method,
                            MethodTransform.transformingCode(
                                    new Wrapping(stub.group(1), params, timesEachCall(method))));
                    return;
                }
            }
            builder.with(element);
        });
    }

    /** One look at the clock before the loop and one after it are those of the iteration. */
    private static boolean timesEachCall(MethodModel method) {
        return method.code()
                        .map(code -> code.elementStream()
                                .filter(element -> element instanceof InvokeInstruction call
                                        && call.name().equalsString("nanoTime"))
                                .count())
                        .orElse(0L)
                > 2;
    }

    private final class Wrapping implements CodeTransform {

        private final String benchmark;
        private final int paramsIndex;
        private final boolean eachCall;
        private int slot;

        Wrapping(String benchmark, int paramsIndex, boolean eachCall) {
            this.benchmark = benchmark;
            this.paramsIndex = paramsIndex;
            this.eachCall = eachCall;
        }

        @Override
        public void atStart(CodeBuilder code) {
            slot = code.allocateLocal(TypeKind.REFERENCE);
            code.aload(code.parameterSlot(paramsIndex))
                    .invokevirtual(BENCHMARK_PARAMS, "id", MethodTypeDesc.of(CD_String))
                    .loadConstant(eachCall ? 1 : 0)
                    .invokestatic(BURN, "begin", MethodTypeDesc.of(BURN, CD_String, CD_boolean))
                    .astore(slot);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof InvokeInstruction call && call.name().equalsString(benchmark)) {
                wrapped.incrementAndGet();
                code.aload(slot).invokevirtual(BURN, "before", NOTHING);
                code.with(element);
                code.aload(slot).invokevirtual(BURN, "after", NOTHING);
            } else {
                code.with(element);
            }
        }
    }
}
