/**
 * The engine on libtorch, PyTorch's library, used through JavaCPP's presets, with the same code for
 * CPUs and CUDA.
 *
 * <p>Native memory is freed as soon as it is not needed, without the garbage collector: the memory
 * of a computation belongs to a {@link org.bytedeco.javacpp.PointerScope} that ends with it, and a
 * node's output is closed after its last reader.
 */
package org.bagnetlab.engine.torch;
