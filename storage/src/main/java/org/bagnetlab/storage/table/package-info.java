/** The base class of all tables. */
package org.bagnetlab.storage.table;
