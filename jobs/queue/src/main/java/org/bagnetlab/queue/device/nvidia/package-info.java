/**
 * The machine's NVIDIA GPUs as nvidia-smi describes them: which of them could run jobs, which are
 * free, and how busy and warm they were.
 *
 * <p>Nothing here has run on a GPU. The parser was written and tested against outputs that others
 * published and against rows composed from them; {@code src/test/resources/nvidia-smi/README.md}
 * says of each which of the two it is.
 */
@NullMarked
package org.bagnetlab.queue.device.nvidia;

import org.jspecify.annotations.NullMarked;
