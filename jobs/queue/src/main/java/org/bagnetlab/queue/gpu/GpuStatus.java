package org.bagnetlab.queue.gpu;

/** A GPU and what it is doing, from the same answer of nvidia-smi. */
public record GpuStatus(Gpu gpu, GpuReading reading) {}
