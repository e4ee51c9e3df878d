/** The lab's devices, and the machine's GPUs beside them, as others see them. */
@NullMarked
package org.bagnetlab.server.device;

import org.jspecify.annotations.NullMarked;
