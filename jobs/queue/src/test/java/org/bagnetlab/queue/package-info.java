@NullMarked
package org.bagnetlab.queue;

import org.jspecify.annotations.NullMarked;
