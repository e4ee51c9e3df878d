/**
 * The engine of the CPU, in float32: an {@link org.bagnetlab.vision.architecture.Architecture}
 * becomes a {@link org.bagnetlab.engine.nd4j.cpu.compile.Program}, a list of operations over memory
 * that is planned once. Matrix products are OpenBLAS's, larger convolutions oneDNN's, both as ND4J
 * brings them; everything between them is ours.
 */
package org.bagnetlab.engine.nd4j.cpu;
