/** The lab's devices and the machine's other GPUs, as shown by the API. */
package org.bagnetlab.server.device;
