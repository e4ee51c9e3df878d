@NullMarked
package org.bagnetlab.queue.process;

import org.jspecify.annotations.NullMarked;
