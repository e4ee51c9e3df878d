package org.bagnetlab.engine.torch;

/** Sets properties of JavaCPP. */
final class JavaCpp {

  private static final String GPU_LIBRARY = "/org/bytedeco/pytorch/linux-x86_64-gpu/libjnitorch.so";

  private JavaCpp() {}

  /**
   * Sets properties that JavaCPP reads when its first class is loaded, unless they were set on the
   * command line.
   */
  static void prepare() {
    // At each allocation, JavaCPP compares the process's memory with a multiple of the Java heap,
    // but libtorch's memory use is unrelated to the heap.
    set("maxphysicalbytes", "0");
    // Without this, its warnings, such as the one about OpenBLAS (see the pom), would not be in the
    // log.
    set("logger", "slf4j");
    // The presets search for CUDA's libraries, including in /usr/local/cuda, only if this property
    // is set.
    if (JavaCpp.class.getResource(GPU_LIBRARY) != null) {
      set("platform.extension", "-gpu");
    }
  }

  private static void set(String name, String value) {
    String property = "org.bytedeco.javacpp." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
