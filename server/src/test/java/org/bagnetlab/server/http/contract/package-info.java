@NullMarked
package org.bagnetlab.server.http.contract;

import org.jspecify.annotations.NullMarked;
