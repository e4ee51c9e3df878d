package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickle of a PyTorch checkpoint without executing anything: the few names needed for
 * tensors are mapped to our own constructors, and every other name is rejected. Instructions that
 * PyTorch does not write are rejected as well, including those with which a small pickle could use
 * excessive time or memory.
 */
final class CheckpointPickle extends Unpickler {

  /**
   * Maximum number of sizes, strides and items that all constructors together may copy: a
   * DenseNet-169 with Adam's state needs about 10,000.
   */
  private static final int MOST_COPIES = 250_000;

  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_KEY = 1000;

  /**
   * Maximum length of an integer in bytes: the longest that PyTorch writes is its magic number,
   * with 10 bytes.
   */
  private static final int LONGEST_INTEGER = 16;

  private final Map<String, IObjectConstructor> globals = globals();
  private final PickleBytes bytes;
  private final Map<String, TensorStorage> storages = new HashMap<>();
  private int instructions;
  private int copies;

  private CheckpointPickle(PickleBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * The contents of a pickle.
   *
   * @param value maps, lists, arrays (Python's tuples), strings, numbers and {@link StridedTensor}s
   * @param storages every storage that the pickle refers to, by key
   */
  record Contents(@Nullable Object value, Map<String, TensorStorage> storages) {}

  /**
   * Reads the next pickle.
   *
   * @throws IOException if it is damaged or rejected; the message contains the byte position and
   *     the reason
   */
  static Contents read(PickleBytes bytes) throws IOException {
    CheckpointPickle pickle = new CheckpointPickle(bytes);
    try {
      return new Contents(pickle.load(bytes), pickle.storages);
    } catch (PickleException e) {
      throw new IOException(
          "%s (byte %d of the pickle)".formatted(e.getMessage(), bytes.position()), e);
    } catch (IOException e) {
      throw new IOException("the pickle is truncated at byte %d.".formatted(bytes.position()), e);
    } catch (RuntimeException e) {
      // The pickle library does not check for an empty stack, a wrong type or a missing key.
      throw new IOException("the pickle is damaged at byte %d.".formatted(bytes.position()), e);
    }
  }

  @Override
  protected Object dispatch(short instruction) throws IOException {
    if (++instructions > CheckpointLimits.MOST_INSTRUCTIONS) {
      throw new PickleException("the pickle has too many opcodes for a checkpoint");
    }
    switch (instruction) {
      case Opcodes.GLOBAL ->
          stack.add(global(PickleUtils.readline(input), PickleUtils.readline(input)));
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(global((String) stack.pop(), name));
      }
      case Opcodes.INST -> {
        global(PickleUtils.readline(input), PickleUtils.readline(input));
        throw unused(instruction);
      }
      case Opcodes.BUILD -> ignoreState();
      // The library's dictionaries do not keep the order of the tensors.
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(stack.pop(), value);
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        for (int i = 0; i < items.size(); i += 2) {
          put(items.get(i), items.get(i + 1));
        }
      }
      case Opcodes.LONG1 -> {
        return integer(instruction, Byte.BYTES);
      }
      case Opcodes.LONG4 -> {
        return integer(instruction, Integer.BYTES);
      }
      // The library allocates the declared length before reading.
      case Opcodes.BINUNICODE, Opcodes.BINSTRING, Opcodes.BINBYTES -> {
        return withLength(instruction, Integer.BYTES);
      }
      case Opcodes.BINUNICODE8, Opcodes.BINBYTES8 -> {
        return withLength(instruction, Long.BYTES);
      }
      case Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.STOP,
          Opcodes.MARK,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.BINFLOAT,
          Opcodes.SHORT_BINSTRING,
          Opcodes.SHORT_BINUNICODE,
          Opcodes.SHORT_BINBYTES,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.EMPTY_LIST,
          Opcodes.APPEND,
          Opcodes.APPENDS,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.MEMOIZE,
          Opcodes.REDUCE,
          Opcodes.BINPERSID -> {
        return super.dispatch(instruction);
      }
      default -> throw unused(instruction);
    }
    return NO_RETURN_VALUE;
  }

  private static PickleException unused(short instruction) {
    return new PickleException(
        "the pickle has the opcode 0x%02x, which PyTorch does not write".formatted(instruction));
  }

  private Object withLength(short instruction, int width) throws IOException {
    long length = bytes.nextLength(width);
    if (length < 0 || length > bytes.available() - width) {
      throw new PickleException("the pickle declares more bytes than it has");
    }
    return super.dispatch(instruction);
  }

  /** Reads an integer of limited length, since reading and hashing a very long one is slow. */
  private Object integer(short instruction, int width) throws IOException {
    if (bytes.nextLength(width) > LONGEST_INTEGER) {
      throw new PickleException("the pickle has an integer that is too long for a checkpoint");
    }
    return withLength(instruction, width);
  }

  private IObjectConstructor global(String module, String name) {
    String global = module + "." + name;
    IObjectConstructor constructor = globals.get(global);
    if (constructor == null) {
      throw new PickleException("it refers to %s: %s".formatted(printable(global), why(global)));
    }
    return constructor;
  }

  private static String why(String global) {
    return global.contains("qtensor") || global.matches("torch\\.Q.*Storage")
        ? "quantised tensors are not supported: save the network before quantising it"
        : "only tensors in plain containers are loaded, and nothing is executed. If you trust the"
            + " file, save the state_dict alone with PyTorch";
  }

  private static String printable(String name) {
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
    return shown.replaceAll("[^ -~]", "?");
  }

  /** Drops an object's attributes, since those of an OrderedDict are not needed here. */
  private void ignoreState() {
    stack.pop();
    if (!(stack.peek() instanceof Map)) {
      throw new PickleException("the pickle sets attributes on an object that has none");
    }
  }

  @SuppressWarnings("unchecked") // Only EMPTY_DICT and OrderedDict create maps.
  private void put(Object key, Object value) {
    ((Map<Object, Object>) stack.peek()).put(checked(key), value);
  }

  /**
   * Rejects keys that could take very long to hash or to compare: lists, which Python does not
   * allow as keys either, and long texts or numbers.
   */
  private static Object checked(Object key) {
    if (key instanceof String text && text.length() > LONGEST_KEY) {
      throw new PickleException("the pickle has a dictionary key that is too long");
    }
    if (!(key instanceof String || key instanceof Integer || key instanceof Long)) {
      throw new PickleException(
          "the pickle has a dictionary key that is neither a string nor an integer");
    }
    return key;
  }

  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    if (!"storage".equals(parts[0])) {
      throw new PickleException("the pickle refers to something other than a storage");
    }
    ElementType type = ((StorageClass) parts[1]).type();
    TensorStorage whole = new TensorStorage(type, (String) parts[2], 0, count(parts[4]));
    storages.put(whole.key(), whole);
    // In the legacy format, a storage may be a view of another one: its key, first value and number
    // of values.
    return parts.length > 5 && parts[5] instanceof Object[] view
        ? new TensorStorage(type, whole.key(), count(view[1]), count(view[2]))
        : whole;
  }

  private Map<String, IObjectConstructor> globals() {
    Map<String, IObjectConstructor> globals = new HashMap<>();
    globals.put("collections.OrderedDict", this::orderedDict);
    globals.put("torch.Size", arguments -> arguments[0]);
    globals.put("torch._utils._rebuild_tensor", this::tensor);
    globals.put("torch._utils._rebuild_tensor_v2", this::tensor);
    globals.put("torch._utils._rebuild_parameter", arguments -> arguments[0]);
    for (ElementType type : ElementType.values()) {
      globals.put("torch." + type.storage(), new StorageClass(type));
      globals.put("torch.cuda." + type.storage(), new StorageClass(type));
    }
    return globals;
  }

  /** The class of a storage, used only as a name and never called. */
  private record StorageClass(ElementType type) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new PickleException("the pickle constructs its own storage");
    }
  }

  private Object orderedDict(Object[] arguments) {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (arguments.length > 0) {
      // Python 2 passes the items as a list of pairs.
      List<?> items = (List<?>) arguments[0];
      charge(items.size());
      for (Object item : items) {
        List<?> pair = (List<?>) item;
        map.put(checked(pair.get(0)), pair.get(1));
      }
    }
    return map;
  }

  private Object tensor(Object[] arguments) {
    Object[] sizes = (Object[]) arguments[2];
    Object[] steps = (Object[]) arguments[3];
    if (sizes.length != steps.length || sizes.length > CheckpointLimits.MOST_DIMENSIONS) {
      throw new PickleException(
          "the pickle has an invalid tensor of %d sizes and %d strides"
              .formatted(sizes.length, steps.length));
    }
    charge(1 + sizes.length + steps.length);
    List<Integer> shape = new ArrayList<>();
    for (Object size : sizes) {
      shape.add(Math.toIntExact(count(size)));
    }
    List<Long> strides = new ArrayList<>();
    for (Object stride : steps) {
      strides.add(count(stride));
    }
    return new StridedTensor((TensorStorage) arguments[0], count(arguments[1]), shape, strides);
  }

  /**
   * Counts copied elements towards the limit, since a single instruction can copy what many others
   * created, and a pickle can repeat that instruction.
   */
  private void charge(int elements) {
    copies += elements;
    if (copies > MOST_COPIES) {
      throw new PickleException("the pickle copies more than a checkpoint needs");
    }
  }

  private static long count(Object number) {
    return number instanceof Integer small ? small : (Long) number;
  }
}
