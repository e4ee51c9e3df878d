@NullMarked
package org.bagnetlab.queue.gpu;

import org.jspecify.annotations.NullMarked;
