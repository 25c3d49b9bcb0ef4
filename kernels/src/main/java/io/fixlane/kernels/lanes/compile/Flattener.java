package io.fixlane.kernels.lanes.compile;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes one method of a loop: every static method of this package that takes or returns a vector is
 * copied into its caller.
 *
 * <p>A vector that crosses a call is boxed, and the loop with it, a hundred times slower. Whether
 * C2 inlines a call depends on sizes and on what else has run before in the JVM; the methods of the
 * Vector API itself are always inlined. So a loop may call those and no others, and its source may
 * still be written as small methods.
 *
 * <p>Code of the template's own source keeps its line numbers; what is copied from another has the
 * line of the call that it stands for, as a class has one source. Whatever else there is in the
 * code and cannot be copied is refused: a handler of exceptions would empty the stack of the
 * caller, and the body of a lambda is private to its class.
 */
final class Flattener {
  private static final Pattern VECTOR =
      Pattern.compile("Ljdk/incubator/vector/(\\w*Vector|VectorMask|VectorShuffle);");
  private static final String VECTOR_API = "jdk.incubator.vector";

  // HotSpot's HugeMethodLimit: larger methods are only interpreted.
  private static final int HUGE_METHOD = 8000;

  /** What does not depend on where it stands, nor on locals. */
  private static final Set<Opcode.Kind> SAME_ANYWHERE = EnumSet.of(
      Opcode.Kind.ARRAY_LOAD, Opcode.Kind.ARRAY_STORE, Opcode.Kind.CONSTANT, Opcode.Kind.CONVERT,
      Opcode.Kind.FIELD_ACCESS, Opcode.Kind.NEW_OBJECT, Opcode.Kind.NEW_PRIMITIVE_ARRAY,
      Opcode.Kind.NEW_REF_ARRAY, Opcode.Kind.NOP, Opcode.Kind.OPERATOR, Opcode.Kind.RETURN,
      Opcode.Kind.STACK, Opcode.Kind.THROW_EXCEPTION, Opcode.Kind.TYPE_CHECK);

  private final Function<Class<?>, byte[]> bytes;
  private final Map<ClassDesc, Class<?>> owners = new HashMap<>();
  private final Map<Class<?>, ClassModel> models = new HashMap<>();
  private final Deque<MethodModel> copied = new ArrayDeque<>();

  /**
   * Makes a flattener; it copies methods of the owners, whose class files it gets from
   * {@code bytes}.
   */
  Flattener(Function<Class<?>, byte[]> bytes, List<Class<?>> owners) {
    this.bytes = bytes;
    owners.forEach(owner -> this.owners.put(owner.describeConstable().orElseThrow(), owner));
  }

  /**
   * Has methods of one owner copied from another, which must have methods of the same names and
   * types.
   */
  void substitute(Class<?> owner, Class<?> implementation) {
    owners.put(owner.describeConstable().orElseThrow(), implementation);
  }

  /**
   * Returns the class file of a template, one of its methods flattened.
   *
   * @throws IllegalStateException if the code has what cannot be copied, passes vectors to a method
   *     that is no owner's, or becomes too large for the JIT
   */
  byte[] flatten(Class<?> template, String name) {
    ClassFile classFile = ClassFile.of(ClassHierarchyResolverOption.of(
        ClassHierarchyResolver.ofClassLoading(Flattener.class.getClassLoader())));
    byte[] written = classFile.transformClass(model(template), ClassTransform.transformingMethods(
        method -> method.methodName().equalsString(name),
        (builder, element) -> {
          if (element instanceof CodeModel code) {
            builder.withCode(flat -> copy(code, flat, 0, null, true));
          } else {
            builder.with(element);
          }
        }));
    requireCompilable(classFile.parse(written));
    return written;
  }

  private static void requireCompilable(ClassModel flat) {
    for (MethodModel method : flat.methods()) {
      int size = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
      if (size > HUGE_METHOD) {
        throw new IllegalStateException(method + " has " + size
            + " bytes of code: HotSpot compiles at most " + HUGE_METHOD);
      }
    }
  }

  private ClassModel model(Class<?> owner) {
    return models.computeIfAbsent(owner, c -> ClassFile.of().parse(bytes.apply(c)));
  }

  private static boolean isVectorMethod(MethodTypeDesc type) {
    return VECTOR.matcher(type.descriptorString()).find();
  }

  /**
   * Copies code with its locals moved up.
   *
   * @param end where a copied method returns to, null for the method itself
   * @param lines whether it has the template's source
   */
  private void copy(
      CodeModel code, CodeBuilder flat, int base, @Nullable Label end, boolean lines) {
    Map<Label, Label> labels = new HashMap<>();
    Function<Label, Label> label = old -> labels.computeIfAbsent(old, l -> flat.newLabel());
    int free = base + ((CodeAttribute) code).maxLocals();
    int line = 0;
    for (CodeElement element : code) {
      switch (element) {
        case LabelTarget target -> flat.labelBinding(label.apply(target.label()));
        case BranchInstruction branch -> flat.branch(branch.opcode(), label.apply(branch.target()));
        case LookupSwitchInstruction s ->
            flat.lookupswitch(label.apply(s.defaultTarget()), moved(s.cases(), label));
        case TableSwitchInstruction s ->
            flat.tableswitch(s.lowValue(), s.highValue(), label.apply(s.defaultTarget()),
                moved(s.cases(), label));
        case LoadInstruction load -> flat.loadLocal(load.typeKind(), base + load.slot());
        case StoreInstruction store -> flat.storeLocal(store.typeKind(), base + store.slot());
        case IncrementInstruction increment ->
            flat.iinc(base + increment.slot(), increment.constant());
        case ReturnInstruction _ when end != null -> flat.goto_(end);
        case InvokeInstruction invoke when isCopied(invoke) -> {
          inline(invoke, flat, free, code, lines);
          if (lines && line > 0) {
            flat.lineNumber(line);
          }
        }
        case InvokeInstruction invoke -> {
          requireVectorApi(invoke);
          flat.with(invoke);
        }
        case LineNumber number -> {
          line = number.line();
          if (lines) {
            flat.lineNumber(line);
          }
        }
        case Instruction other when SAME_ANYWHERE.contains(other.opcode().kind()) ->
            flat.with(other);
        case CodeElement said when isSaidOfVariables(said) -> {
          // Frames are computed anew, and what is said of variables is of no use to the JVM.
        }
        default -> throw new IllegalStateException(
            name(code) + " has " + element + ": that is not copied");
      }
    }
  }

  private static boolean isSaidOfVariables(CodeElement element) {
    return element instanceof LocalVariable || element instanceof LocalVariableType
        || element instanceof StackMapTableAttribute
        || element instanceof RuntimeVisibleTypeAnnotationsAttribute
        || element instanceof RuntimeInvisibleTypeAnnotationsAttribute;
  }

  private static String name(CodeModel code) {
    MethodModel method = code.parent().orElseThrow();
    return method.parent().orElseThrow().thisClass().name() + "." + method.methodName();
  }

  /** Requires a call that stays one to be the Vector API's own, or to have no vectors. */
  private static void requireVectorApi(InvokeInstruction invoke) {
    if (isVectorMethod(invoke.typeSymbol())
        && !invoke.owner().asSymbol().packageName().equals(VECTOR_API)) {
      throw new IllegalStateException(invoke + " passes vectors, which would be boxed:"
          + " it must be a static method of a class that is copied from");
    }
  }

  private static List<SwitchCase> moved(List<SwitchCase> cases, Function<Label, Label> label) {
    return cases.stream().map(c -> SwitchCase.of(c.caseValue(), label.apply(c.target()))).toList();
  }

  private boolean isCopied(InvokeInstruction invoke) {
    return invoke.opcode() == Opcode.INVOKESTATIC
        && owners.containsKey(invoke.owner().asSymbol())
        && isVectorMethod(invoke.typeSymbol());
  }

  /** Pops the arguments into locals of their own, and copies the method's code behind. */
  private void inline(
      InvokeInstruction invoke, CodeBuilder flat, int base, CodeModel caller, boolean lines) {
    List<TypeKind> parameters =
        invoke.typeSymbol().parameterList().stream().map(TypeKind::from).toList();
    int slot = base + parameters.stream().mapToInt(TypeKind::slotSize).sum();
    for (TypeKind parameter : parameters.reversed()) {
      slot -= parameter.slotSize();
      flat.storeLocal(parameter, slot);
    }
    MethodModel method = model(owners.get(invoke.owner().asSymbol())).methods().stream()
        .filter(m -> m.methodName().equals(invoke.name())
            && m.methodTypeSymbol().equals(invoke.typeSymbol()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no " + invoke));
    if (copied.contains(method)) {
      throw new IllegalStateException(invoke + " calls itself: that is not copied");
    }
    copied.push(method);
    Label end = flat.newLabel();
    CodeModel code = method.code().orElseThrow();
    copy(code, flat, base, end, lines && sameClass(code, caller));
    flat.labelBinding(end);
    copied.pop();
  }

  private static boolean sameClass(CodeModel one, CodeModel other) {
    return one.parent().orElseThrow().parent().equals(other.parent().orElseThrow().parent());
  }
}
