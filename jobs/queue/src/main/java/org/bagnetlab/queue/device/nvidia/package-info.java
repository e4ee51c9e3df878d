/**
 * The machine's NVIDIA GPUs as reported by nvidia-smi: which of them can run jobs, which are free,
 * and their utilisation and temperature.
 *
 * <p>Nothing here has run on a GPU. The parser was written and tested against published outputs and
 * against rows composed from them; {@code src/test/resources/nvidia-smi/README.md} lists the origin
 * of each.
 */
package org.bagnetlab.queue.device.nvidia;
