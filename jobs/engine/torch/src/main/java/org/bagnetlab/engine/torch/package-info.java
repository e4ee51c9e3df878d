/**
 * The engine on libtorch, PyTorch's library, by JavaCPP's presets: one code for CPUs and CUDA.
 *
 * <p>Native memory is freed when it is no longer needed, not when the garbage collector comes by:
 * what a computation makes belongs to a {@link org.bytedeco.javacpp.PointerScope} that ends with
 * it, and a node's output is closed after its last reader.
 */
package org.bagnetlab.engine.torch;
