/** The lab's devices and the machine's other GPUs, as shown by the API. */
@NullMarked
package org.bagnetlab.server.device;

import org.jspecify.annotations.NullMarked;
