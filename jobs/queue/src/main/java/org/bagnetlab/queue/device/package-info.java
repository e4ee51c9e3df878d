/** What a lab's jobs run on: which slots there are, and whether a GPU may be used now. */
@NullMarked
package org.bagnetlab.queue.device;

import org.jspecify.annotations.NullMarked;
