@NullMarked
package org.bagnetlab.queue.recovery;

import org.jspecify.annotations.NullMarked;
