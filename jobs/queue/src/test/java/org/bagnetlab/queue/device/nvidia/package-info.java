@NullMarked
package org.bagnetlab.queue.device.nvidia;

import org.jspecify.annotations.NullMarked;
