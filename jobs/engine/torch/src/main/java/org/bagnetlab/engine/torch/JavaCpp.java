package org.bagnetlab.engine.torch;

/** Settings of JavaCPP. */
final class JavaCpp {

  private static final String GPU_LIBRARY = "/org/bytedeco/pytorch/linux-x86_64-gpu/libjnitorch.so";

  private JavaCpp() {}

  /**
   * Sets what JavaCPP reads when its first class is loaded, but for what the command line has set.
   */
  static void prepare() {
    // JavaCPP compares the process's memory with a multiple of the Java heap at each allocation.
    // What libtorch allocates has nothing to do with the heap.
    set("maxphysicalbytes", "0");
    // Otherwise it prints its warnings, such as that on OpenBLAS (see the pom), past the log.
    set("logger", "slf4j");
    // The presets look for CUDA's libraries, also in /usr/local/cuda, only if this is set.
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
