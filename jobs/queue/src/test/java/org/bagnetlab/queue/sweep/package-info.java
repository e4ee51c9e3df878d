@NullMarked
package org.bagnetlab.queue.sweep;

import org.jspecify.annotations.NullMarked;
