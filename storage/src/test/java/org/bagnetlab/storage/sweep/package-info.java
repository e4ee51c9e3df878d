@NullMarked
package org.bagnetlab.storage.sweep;

import org.jspecify.annotations.NullMarked;
