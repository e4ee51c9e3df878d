@NullMarked
package org.bagnetlab.queue.spec;

import org.jspecify.annotations.NullMarked;
