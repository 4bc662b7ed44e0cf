create table invoice (
  id uuid primary key,
  sent boolean not null
);
