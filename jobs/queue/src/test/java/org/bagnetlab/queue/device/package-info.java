@NullMarked
package org.bagnetlab.queue.device;

import org.jspecify.annotations.NullMarked;
