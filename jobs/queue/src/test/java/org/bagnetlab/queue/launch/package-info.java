@NullMarked
package org.bagnetlab.queue.launch;

import org.jspecify.annotations.NullMarked;
