@NullMarked
package org.bagnetlab.queue.run;

import org.jspecify.annotations.NullMarked;
