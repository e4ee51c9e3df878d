@NullMarked
package org.bagnetlab.storage.revision;

import org.jspecify.annotations.NullMarked;
