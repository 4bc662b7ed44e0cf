create table parcel (
  reference varchar(100) primary key,
  shipped boolean not null
);
