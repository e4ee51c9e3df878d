package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * Calls functions of oneDNN's C interface. The library compiles its kernels for the CPU on which it
 * runs. Its file is that of the artifact {@code org.bytedeco:dnnl}, whose Java classes are not used
 * because they need another version of JavaCPP than ND4J does.
 */
@SuppressWarnings("restricted") // It is what this class is for.
public final class OneDnn {

  /** A value of {@code dnnl_engine_kind_t}. */
  private static final int CPU = 1;

  /** A value of {@code dnnl_stream_flags_t}. */
  private static final int IN_ORDER = 1;

  /** A value of {@code dnnl_status_t}. */
  private static final int OUT_OF_MEMORY = 1;

  /** The value of {@code dnnl_fpmath_mode_t} for float32 without shortened factors. */
  private static final int STRICT = 0;

  /** Bits of {@code dnnl_cpu_isa_t}. */
  private static final int AVX_2 = 0x4;

  private static final int AVX_512 = 0x20;
  private static final int BFLOAT_16 = 0x80;
  private static final int AMX = 0xe00;

  private static final String FILES = "/org/bytedeco/dnnl/linux-x86_64/";

  private static final SymbolLookup LIBRARY = load();
  private static final Map<String, MethodHandle> FUNCTIONS = new ConcurrentHashMap<>();
  private static final MethodHandle SET_THREADS =
      function("omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
  private static final MethodHandle EXECUTE =
      function(
          "dnnl_primitive_execute",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));

  static {
    // Not as variables of the environment say.
    call("set_default_fpmath_mode", STRICT);
  }

  private static final MemorySegment ENGINE = create("engine", "engine_create", CPU, 0L);
  private static final MemorySegment STREAM = create("stream", "stream_create", ENGINE, IN_ORDER);

  private OneDnn() {}

  private static SymbolLookup load() {
    try {
      // The second library needs the first, and looks for it in its own folder.
      for (String file : new String[] {"libgomp.so.1", "libdnnl.so.3"}) {
        URL resource = OneDnn.class.getResource(FILES + file);
        if (resource == null) {
          throw new UnsatisfiedLinkError("no jar on the class path has " + FILES + file);
        }
        load(Loader.cacheResource(resource));
      }
      return SymbolLookup.loaderLookup();
    } catch (IOException e) {
      throw new UncheckedIOException("it cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static void load(File library) {
    try {
      System.load(library.getAbsolutePath());
    } catch (UnsatisfiedLinkError e) {
      throw new UnsatisfiedLinkError(
          "it needs Linux on x86-64 with glibc 2.34 or newer: " + e.getMessage());
    }
  }

  /** The library's name and version. */
  public static String name() {
    MemorySegment version =
        ((MemorySegment) invoke("version", ADDRESS)).reinterpret(3 * JAVA_INT.byteSize());
    return "oneDNN %d.%d.%d"
        .formatted(
            version.getAtIndex(JAVA_INT, 0),
            version.getAtIndex(JAVA_INT, 1),
            version.getAtIndex(JAVA_INT, 2));
  }

  /** The widest instructions for which the library compiles its kernels on this CPU. */
  public static String instructions() {
    int features = features();
    if ((features & AMX) != 0) {
      return "AVX-512 and AMX";
    }
    if (multipliesBfloat16()) {
      return "AVX-512 and its products of bfloat16";
    }
    if ((features & AVX_512) != 0) {
      return "AVX-512";
    }
    return (features & AVX_2) != 0 ? "AVX2" : "SSE4.1";
  }

  /** Whether this CPU has instructions for products of bfloat16 numbers: AVX512-BF16 or AMX. */
  public static boolean multipliesBfloat16() {
    return (features() & BFLOAT_16) != 0;
  }

  private static int features() {
    return (int) invoke("get_effective_cpu_isa", JAVA_INT);
  }

  /** The function of this name. */
  static MethodHandle function(String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), type);
  }

  /** The engine: the CPU. */
  static MemorySegment engine() {
    return ENGINE;
  }

  /** Sets how many threads compute what the calling thread executes. */
  static void useThreads(int threads) {
    try {
      SET_THREADS.invokeExact(threads);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** Executes a primitive with an array of arguments. */
  static void execute(MemorySegment primitive, int count, MemorySegment arguments) {
    try {
      check("primitive_execute", (int) EXECUTE.invokeExact(primitive, STREAM, count, arguments));
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /**
   * Calls a function that returns a status. The types of its parameters are those of the arguments.
   *
   * @param name the function's name after {@code dnnl_}
   */
  static void call(String name, Object... arguments) {
    check(name, (int) invoke(name, JAVA_INT, arguments));
  }

  /** Calls a function with a result of another type. */
  static Object invoke(String name, MemoryLayout result, Object... arguments) {
    try {
      return FUNCTIONS
          .computeIfAbsent(
              name,
              key ->
                  function(
                      "dnnl_" + key,
                      FunctionDescriptor.of(
                          result,
                          Stream.of(arguments).map(OneDnn::layout).toArray(MemoryLayout[]::new))))
          .invokeWithArguments(Arrays.asList(arguments));
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /**
   * Creates an object of the library. It is destroyed when its handle is no longer reachable.
   *
   * @param kind the object's kind, as in the name of the function that destroys it
   * @param function the name, after {@code dnnl_}, of a function whose first parameter receives the
   *     object
   * @param arguments the other arguments of that function
   */
  static MemorySegment create(String kind, String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment created = arena.allocate(ADDRESS);
      call(function, Stream.concat(Stream.of(created), Stream.of(arguments)).toArray());
      return created
          .get(ADDRESS, 0)
          .reinterpret(
              Arena.ofAuto(),
              // On another thread, which could do nothing about a failure.
              handle -> invoke(kind + "_destroy", JAVA_INT, handle));
    }
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case MemorySegment _ -> ADDRESS;
      case Integer _ -> JAVA_INT;
      case Float _ -> JAVA_FLOAT;
      case Long _ -> JAVA_LONG;
      default -> throw new IllegalArgumentException(argument.getClass().getName());
    };
  }

  /**
   * Checks the status that a function returned.
   *
   * @param function its name after {@code dnnl_}
   * @throws OutOfMemoryError if the library ran out of memory
   * @throws IllegalStateException if it failed for another reason
   */
  static void check(String function, int status) {
    if (status == OUT_OF_MEMORY) {
      throw new OutOfMemoryError("oneDNN: dnnl_" + function);
    }
    if (status != 0) {
      throw new IllegalStateException("oneDNN: dnnl_%s has status %d".formatted(function, status));
    }
  }

  /** Functions of the library throw nothing; what is thrown has another cause. */
  static RuntimeException thrown(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}
